# Node on Debian, laid out as the official image is: what base-images.sh builds where no registry serves that one.
ARG DEBIAN_IMAGE
FROM ${DEBIAN_IMAGE}

# The node binary is linked against it, and a minimal Debian has it only by way of apt.
RUN apt-get update && apt-get install --yes --no-install-recommends libstdc++6 && rm -rf /var/lib/apt/lists/*
COPY --chmod=0755 node/node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
 && chmod 0755 /usr/local/lib/node_modules/npm/bin/*.js
CMD ["node"]
