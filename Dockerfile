# Plainspeak with the locked requirements. llama.cpp is compiled here, for the machine that builds.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential cmake
WORKDIR /srv
COPY requirements/serve.txt requirements/serve.txt
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/serve.txt
# What PostgreSQL is reached with, which `plainspeak[postgres]` names: as it is locked for the tests.
COPY requirements/dev.txt requirements/dev.txt
RUN awk '/^[a-z]/ { wanted = /^psycopg(-binary)?==/ } wanted' requirements/dev.txt > postgres.txt \
    && .venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r postgres.txt && rm postgres.txt
COPY . .
# Compiled now, because the root of the container can be read-only later.
RUN .venv/bin/pip install --no-cache-dir --no-deps --editable . && .venv/bin/python -m compileall -q app migrations

FROM python:3.11-slim-bookworm
# procps has the ps that `plainspeak bench` asks for the memory of the service.
RUN apt-get update && apt-get install --yes --no-install-recommends libgomp1 procps && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /srv/data --shell /usr/sbin/nologin plainspeak
WORKDIR /srv
COPY --from=build /srv /srv
# The only folder that the service writes to, but for /tmp.
RUN mkdir data && chown plainspeak data
USER 10001
ENV PATH=/srv/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PLAINSPEAK_HOST=0.0.0.0
EXPOSE 8000
VOLUME /srv/data
# Alive, not ready: without a model or a database it says so at /readyz, and a restart would not help.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["plainspeak", "serve"]
