# Plainspeak with the locked requirements. llama.cpp is compiled here, for the machine that builds.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential cmake
WORKDIR /srv
COPY requirements/serve.txt requirements/serve.txt
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/serve.txt
COPY . .
RUN .venv/bin/pip install --no-cache-dir --no-deps --editable .

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install --yes --no-install-recommends libgomp1 procps && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home plainspeak
WORKDIR /srv
COPY --from=build --chown=plainspeak /srv /srv
RUN mkdir data && chown plainspeak data
USER plainspeak
ENV PATH=/srv/.venv/bin:$PATH PLAINSPEAK_HOST=0.0.0.0
EXPOSE 8000
VOLUME /srv/data
CMD ["plainspeak", "serve"]
