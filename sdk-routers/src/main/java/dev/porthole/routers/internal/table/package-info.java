/** Understands and edits the port-forwarding table of a router's web pages, whatever router it is. The engine is made of
 * pure functions on parsed pages; entry types: {@link dev.porthole.routers.internal.table.TableReader} and {@link
 * dev.porthole.routers.internal.table.TableEditor}. */
@NullMarked
package dev.porthole.routers.internal.table;

import org.jspecify.annotations.NullMarked;
