/** The one XML parser set-up. Entry type: {@link dev.porthole.http.internal.xml.SafeXml}. */
@NullMarked
package dev.porthole.http.internal.xml;

import org.jspecify.annotations.NullMarked;
