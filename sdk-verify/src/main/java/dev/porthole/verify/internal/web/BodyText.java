package dev.porthole.verify.internal.web;

import dev.porthole.http.internal.DeviceReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The text of a reply's body, bounded. */
final class BodyText {
    /** The login pages of cameras have 1 to 60 kB; what tells them apart is at their start. */
    static final int MAX_BYTES = 128 * 1024;

    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([A-Za-z0-9_.:-]{2,40})");

    private BodyText() {}

    static String of(DeviceReply reply) {
        // Small web servers send the compressed file that they store, whether it was asked for or not.
        boolean packed = reply.headers()
                .first("Content-Encoding")
                .filter(encoding -> encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip"))
                .isPresent();
        byte[] bytes = packed ? unpacked(reply.body()) : reply.body();
        return new String(bytes, 0, Math.min(bytes.length, MAX_BYTES), charset(reply));
    }

    private static byte[] unpacked(byte[] packed) {
        byte[] text = new byte[MAX_BYTES];
        int length = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            for (int read = 0; read >= 0 && length < MAX_BYTES; length += Math.max(read, 0)) {
                read = in.read(text, length, MAX_BYTES - length);
            }
        } catch (IOException e) {
            // A cut or broken body tells what it told until there.
        }
        return Arrays.copyOf(text, length);
    }

    private static Charset charset(DeviceReply reply) {
        Optional<String> type = reply.headers().first("Content-Type");
        Matcher matcher = CHARSET.matcher(type.orElse(""));
        try {
            return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
