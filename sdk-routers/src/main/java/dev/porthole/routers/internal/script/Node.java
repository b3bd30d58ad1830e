package dev.porthole.routers.internal.script;

import java.util.List;
import java.util.Optional;

/** A piece of a parsed script. */
sealed interface Node {
    /** A text, a number, true, false or null. */
    record Literal(Object value) implements Node {}

    record Name(String name) implements Node {}

    record Member(Node object, Node property) implements Node {}

    record Call(Node callee, List<Node> arguments, boolean constructs) implements Node {}

    record Unary(String operator, Node operand) implements Node {}

    record Update(String operator, Node target, boolean before) implements Node {}

    record Binary(String operator, Node left, Node right) implements Node {}

    record Conditional(Node test, Node then, Node otherwise) implements Node {}

    record Assign(String operator, Node target, Node value) implements Node {}

    record ArrayOf(List<Node> items) implements Node {}

    record ObjectOf(List<String> keys, List<Node> values) implements Node {}

    record FunctionOf(String name, List<String> parameters, Block body) implements Node {}

    record Sequence(List<Node> nodes) implements Node {}

    record Declare(String name, Optional<Node> value) implements Node {}

    record Block(List<Node> nodes) implements Node {}

    record If(Node test, Node then, Optional<Node> otherwise) implements Node {}

    record Loop(Optional<Node> first, Optional<Node> test, Optional<Node> step, Node body, boolean bodyFirst)
            implements Node {}

    record ForIn(String name, Node object, Node body, boolean values) implements Node {}

    record Return(Optional<Node> value) implements Node {}

    record Jump(boolean breaks) implements Node {}

    /** One case of a switch; the default has no test. */
    record Case(Optional<Node> test, List<Node> body) {}

    record Switch(Node value, List<Case> cases) implements Node {}

    /** A statement that cannot be followed, such as throw. */
    record Unfollowed(String what) implements Node {}
}
