/** Works out what the scripts of a router's page print when it is shown: a small part of JavaScript, evaluated in bounded
 * steps on values of our own. Nothing of it reaches the network, the clock or this machine; what is not understood is given
 * up, not guessed. Entry type: {@link dev.porthole.routers.internal.script.ScriptPrinter}. */
@NullMarked
package dev.porthole.routers.internal.script;

import org.jspecify.annotations.NullMarked;
