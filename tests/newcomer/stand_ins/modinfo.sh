#!/bin/sh
# modinfo -k RELEASE -F FIELD v4l2loopback: as Debian 12's module, which has no version.
[ "$4" = filename ] && echo /lib/modules/v4l2loopback.ko
exit 0
