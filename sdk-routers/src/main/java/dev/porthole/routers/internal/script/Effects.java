package dev.porthole.routers.internal.script;

import java.util.List;
import java.util.Set;

/**
 * What passing over a statement loses. Where a condition is not known, a branch without consequence for what is printed is
 * passed over, and the variables that it would set are not known any more.
 */
final class Effects {
    private static final Set<String> SHOWN = Set.of("innerHTML", "value", "checked", "selectedIndex", "outerHTML");

    private final Scope scope;
    private final Meter meter;

    private Effects(Scope scope, Meter meter) {
        this.scope = scope;
        this.meter = meter;
    }

    /**
     * Passes over a branch that may or may not run.
     *
     * @throws GivenUpException where it would print, return, or call what may print
     */
    static void passOver(Node node, Scope scope, Meter meter) {
        new Effects(scope, meter).visit(node);
    }

    private void visit(Node node) {
        meter.step();
        if (node instanceof Node.Block block) {
            block.nodes().forEach(this::visit);
        } else if (node instanceof Node.Sequence sequence) {
            sequence.nodes().forEach(this::visit);
        } else if (node instanceof Node.Declare declare) {
            scope.declare(declare.name(), new Unknown(List.of(declare.name())));
        } else if (node instanceof Node.Assign assign) {
            lose(assign.target());
            visit(assign.value());
        } else if (node instanceof Node.Update update) {
            lose(update.target());
        } else if (node instanceof Node.If branch) {
            visit(branch.test());
            visit(branch.then());
            branch.otherwise().ifPresent(this::visit);
        } else if (node instanceof Node.Binary binary) {
            visit(binary.left());
            visit(binary.right());
        } else if (node instanceof Node.Conditional conditional) {
            visit(conditional.then());
            visit(conditional.otherwise());
        } else if (node instanceof Node.Call call) {
            call(call);
        } else if (node instanceof Node.Return
                || node instanceof Node.Jump
                || node instanceof Node.Loop
                || node instanceof Node.ForIn
                || node instanceof Node.Switch
                || node instanceof Node.Unfollowed) {
            throw new GivenUpException("a branch that hangs on what is not known");
        }
    }

    private void lose(Node target) {
        if (target instanceof Node.Name name) {
            scope.set(name.name(), new Unknown(List.of(name.name())));
        } else if (target instanceof Node.Member member) {
            boolean shown = member.property() instanceof Node.Literal literal && SHOWN.contains(literal.value());
            Node root = member;
            while (root instanceof Node.Member inner) {
                root = inner.object();
            }
            boolean own = root instanceof Node.Name name
                    && scope.get(name.name()) != null
                    && !(scope.get(name.name()) instanceof Unknown);
            if (shown || own) {
                throw new GivenUpException("a value that hangs on what is not known");
            }
        }
    }

    private void call(Node.Call call) {
        boolean prints = call.callee() instanceof Node.Member member
                && member.property() instanceof Node.Literal literal
                && Set.of("write", "writeln", "push").contains(String.valueOf(literal.value()));
        boolean own = call.callee() instanceof Node.Name name && scope.get(name.name()) instanceof Function;
        if (prints || own) {
            throw new GivenUpException("printing that hangs on what is not known");
        }
        call.arguments().forEach(this::visit);
    }
}
