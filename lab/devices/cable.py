#!/usr/bin/python3
"""A cable between two tap devices: DELAY_MS LOSS_PERCENT TAP TAP. Each direction delays and loses for itself.

The losses come from a seeded generator: the same traffic loses the same packets again.
"""

import collections
import fcntl
import os
import random
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TAP, IFF_NO_PI = 0x0002, 0x1000


def tap(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TAP | IFF_NO_PI))
    return device


def main(delay_ms, loss_percent, *names):
    delay, loss, chance = float(delay_ms) / 1000, float(loss_percent) / 100, random.Random(20)
    left, right = (tap(name) for name in names)
    opposite = {left: right, right: left}
    under_way = collections.deque()  # (due, device, frame); the delay is the same for all, so it is in order
    while True:
        pause = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
        for device in select.select([left, right], [], [], pause)[0]:
            try:
                frame = os.read(device, 65536)
            except OSError:  # the interface is not up yet, or not any more
                time.sleep(0.001)
                continue
            if chance.random() >= loss:
                under_way.append((time.monotonic() + delay, opposite[device], frame))
        while under_way and under_way[0][0] <= time.monotonic():
            _, device, frame = under_way.popleft()
            try:
                os.write(device, frame)
            except OSError:  # a cable into a port that is down loses the packet
                pass


main(*sys.argv[1:])
