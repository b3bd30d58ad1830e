/** Recognising a router's brand by what its administration shows to anyone, without an account. */
@NullMarked
package dev.porthole.routers.internal.identify;

import org.jspecify.annotations.NullMarked;
