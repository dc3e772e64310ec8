#!/bin/sh
# The last build step of every image: nothing that stays can raise its rights or install anything.
# Bind-mounted into the build, so it is in no layer.
set -eu

# Debian's record of installed packages stays: vulnerability scanners read it.
rm -rf /usr/bin/apt* /usr/sbin/apt* /usr/lib/apt /etc/apt /var/lib/apt /var/cache/apt \
  /usr/bin/dpkg* /usr/sbin/dpkg* /usr/lib/dpkg /usr/bin/deb* /usr/sbin/*debconf* \
  /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
  /usr/local/bin/yarn* /opt/yarn* /usr/local/include

find / -xdev -type f -perm /6000 -exec chmod a-s {} +

# A package may give ping a file capability when it is installed. A copy does not keep it, and the kernel lets any
# group of net.ipv4.ping_group_range send echo requests without.
if [ -f /usr/bin/ping ]; then
  cp /usr/bin/ping /usr/bin/ping.plain
  mv /usr/bin/ping.plain /usr/bin/ping
fi

rm -rf /tmp/* /var/log/* /var/cache/debconf/*-old
