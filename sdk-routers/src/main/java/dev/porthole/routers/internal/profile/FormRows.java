package dev.porthole.routers.internal.profile;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

/**
 * A page's form with its rows, to be sent back.
 *
 * @param fields names and values
 * @param charset in which the page came
 */
record FormRows(List<Map.Entry<String, String>> fields, Charset charset) {}
