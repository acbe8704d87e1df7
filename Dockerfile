# syntax=docker/dockerfile:1
# Two images: the bot (docker build .) and the demo (docker build --target demo .). compose.yaml runs either.
FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements/run.txt requirements/
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt \
 && /venv/bin/python -m pip uninstall --yes --quiet pip

FROM python:3.13-slim AS base
# tini is process 1 and passes on every signal: the bot as process 1 would not hear one that comes before Python listens.
# Debian rebuilds it under new endings of this version.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends "tini=0.19.0-*" \
 && rm -rf /var/lib/apt/lists/*
# The bot owns nothing but its data; the authors' files are mounted read-only at /content.
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin fascicle \
 && install -d -o fascicle -g fascicle /data /content \
 && ln -s /data/config.yaml /config.yaml
COPY --from=build /venv /venv
COPY bot /app/bot
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER fascicle
# From here the default settings mean /data/fascicle.db and /content, so that a config.yaml can say otherwise. It is found
# at /data/config.yaml.
WORKDIR /
STOPSIGNAL SIGTERM
# 143 is SIGTERM before Python listens: nothing had been begun, so that is an end in order. Signals go to the bot alone
# (no -g): it ends its own workers.
ENTRYPOINT ["tini", "-e", "143", "--", "python", "-m", "bot"]

# The bot with the local Discord and the sample stories; docker run --rm -p 127.0.0.1:8710:8710 IMAGE. A folder mounted
# at /content is shown instead.
FROM base AS demo
COPY sandbox/discord_sandbox /app/discord_sandbox
COPY content/the-lamplighters /app/bot/sample_content/the-lamplighters
COPY content/tide-tables /app/bot/sample_content/tide-tables
EXPOSE 8710
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8710/', timeout=4)"]
# All addresses of the container, since that is where a published port arrives: publish it on 127.0.0.1 alone.
CMD ["demo", "--host", "0.0.0.0", "--no-browser"]

FROM base AS bot
ENV FASCICLE_HTTP__HOST=0.0.0.0
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
# The token comes by DISCORD_TOKEN, or better by DISCORD_TOKEN_FILE naming a mounted secret.
CMD ["run"]
