# One recipe for the five services: docker build --target service --build-arg SERVICE=links .
# An image runs as an ordinary user, on a read-only root, from hashed requirements.
FROM python:3.13-slim AS packages
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python3 -m venv /opt/orderlink
COPY requirements/run.txt .
RUN /opt/orderlink/bin/pip install -q --require-hashes -r run.txt

FROM packages AS demo-packages
COPY requirements/demo.txt deploy/containers/slim.sh ./
RUN /opt/orderlink/bin/pip install -q --require-hashes -r demo.txt && sh slim.sh

FROM packages AS service-packages
COPY deploy/containers/slim.sh deploy/containers/apart.sh ./
RUN sh slim.sh && sh apart.sh

FROM python:3.13-slim AS runtime
ENV PATH=/opt/orderlink/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/srv/src \
    MIGRATIONS_ROOT=/srv/migrations
# A new volume takes its owner from the folder that it covers.
RUN mkdir -p /media && chown 10001:10001 /media
COPY deploy/containers/healthy.sh /usr/local/bin/healthy
COPY deploy/containers/orderlink.sh /usr/local/bin/orderlink
WORKDIR /srv
USER 10001:10001
EXPOSE 8000 9100
STOPSIGNAL SIGTERM

# What makes trials: the twins of NEXT ENGINE, Stripe and a mail server, and the demo world.
FROM runtime AS demo
COPY --from=demo-packages /opt/orderlink /opt/orderlink
COPY libs/devstack/ /srv/libs/devstack/
COPY libs/twins/src/ /srv/src/
COPY libs/common/src/ /srv/src/
COPY services/identity/src/ services/catalog/src/ services/links/src/ /srv/src/
COPY services/checkout/src/ services/notifications/src/ /srv/src/
ENV PYTHONPATH=/srv/src:/srv/libs/devstack/src
CMD ["python3", "-m", "twins"]

# The gateway with every package's static files in it: docker build --target gateway .
FROM nginx:1.31 AS gateway
COPY gateway/nginx.conf.template gateway/types.conf /gateway/
COPY gateway/errors/ /gateway/errors/
COPY gateway/static/ /static/gateway/
COPY libs/common/src/common/static/ /static/common/
COPY services/identity/src/identity/static/ /static/identity/
COPY services/catalog/src/catalog/static/ /static/catalog/
COPY services/links/src/links/static/ /static/links/
COPY services/checkout/src/checkout/static/ /static/checkout/
COPY services/notifications/src/notifications/static/ /static/notifications/
COPY gateway/start.sh /gateway/start.sh
COPY deploy/containers/healthy.sh /usr/local/bin/healthy
# An empty volume takes its owner from whichever container is made last.
RUN mkdir -p /media && chown 10001:10001 /media
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGQUIT
ENTRYPOINT []
CMD ["sh", "/gateway/start.sh"]

FROM runtime AS service
COPY --from=service-packages /opt/orderlink /opt/orderlink
ARG SERVICE
ENV SERVICE=$SERVICE PYTHONPATH=/srv/src:/opt/extras
COPY --from=service-packages /opt/extras/$SERVICE/ /opt/extras/
COPY libs/common/src/ /srv/src/
COPY services/$SERVICE/src/ /srv/src/
COPY services/$SERVICE/migrations/ /srv/migrations/$SERVICE/
USER root
RUN python3 -m compileall -q /srv/src
USER 10001:10001
CMD ["sh", "-c", "exec python3 -m $SERVICE.app"]
