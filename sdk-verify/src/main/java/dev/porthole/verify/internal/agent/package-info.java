/** The outside agent and its client: who is called, what may be dialled, the messages. Not an API. */
@NullMarked
package dev.porthole.verify.internal.agent;

import org.jspecify.annotations.NullMarked;
