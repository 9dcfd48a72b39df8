package org.outpost.testkit.process;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Decides for {@link NeedsTool}. */
final class NeedsToolCondition implements ExecutionCondition {
    private final Predicate<String> installed;
    private final boolean ci;

    /** Called by JUnit through reflection. */
    NeedsToolCondition() {
        this(Command::isInstalled, Boolean.parseBoolean(System.getenv("CI")));
    }

    NeedsToolCondition(Predicate<String> installed, boolean ci) {
        this.installed = installed;
        this.ci = ci;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), NeedsTool.class)
                .map(tools -> decide(tools.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("needs no tool"));
    }

    ConditionEvaluationResult decide(String... tools) {
        List<String> missing = Stream.of(tools).filter(installed.negate()).toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("all tools are installed");
        }
        if (ci) {
            throw new IllegalStateException("not installed, and CI may skip nothing: " + missing);
        }
        return ConditionEvaluationResult.disabled("not installed: " + missing);
    }
}
