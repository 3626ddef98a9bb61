# One recipe for the five services: docker build --build-arg SERVICE=links .
# The image runs as an ordinary user, on a read-only root, from hashed requirements.
FROM python:3.13-slim AS packages
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python3 -m venv /opt/orderlink
COPY requirements/run.txt .
RUN /opt/orderlink/bin/pip install -q --require-hashes -r run.txt

FROM python:3.13-slim AS service
ARG SERVICE
ENV PATH=/opt/orderlink/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/srv/src \
    MIGRATIONS_ROOT=/srv/migrations \
    SERVICE=$SERVICE
COPY --from=packages /opt/orderlink /opt/orderlink
COPY libs/common/src/ /srv/src/
COPY services/$SERVICE/src/ /srv/src/
COPY services/$SERVICE/migrations/ /srv/migrations/$SERVICE/
RUN python3 -m compileall -q /srv/src
WORKDIR /srv
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["sh", "-c", "exec python3 -m $SERVICE.app"]

# The gateway with every package's static files in it: docker build --target gateway .
FROM nginx:1.28 AS gateway
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
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGQUIT
ENTRYPOINT []
CMD ["sh", "/gateway/start.sh"]
