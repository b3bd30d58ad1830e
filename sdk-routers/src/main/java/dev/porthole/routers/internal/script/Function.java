package dev.porthole.routers.internal.script;

/** A function of the page, with the variables it sees. */
record Function(Node.FunctionOf node, Scope scope) {}
