package org.outpost.server.web.security;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;

import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

import java.util.List;
import java.util.Locale;

/**
 * Says in the description of the API which right each route needs, and how it refuses: from the
 * very annotations that are enforced.
 */
final class RightsDescription implements OperationCustomizer {
    /** The extension with the right, such as {@code power}. */
    static final String RIGHT = "x-outpost-right";

    /**
     * The extension with what it is needed for: {@code device}, {@code some}, {@code everything}.
     */
    static final String OVER = "x-outpost-over";

    @Override
    public Operation customize(Operation operation, HandlerMethod route) {
        Needs needs = route.getMethodAnnotation(Needs.class);
        Open open = route.getMethodAnnotation(Open.class);
        operation.setOperationId(route.getMethod().getName());
        if (open != null && open.value() == Open.To.ANYBODY) {
            operation.setSecurity(List.of());
        } else {
            refusal(operation, "401", "Nobody is signed in");
        }
        if (needs != null) {
            operation.addExtension(RIGHT, needs.value().text());
            operation.addExtension(OVER, needs.over().name().toLowerCase(Locale.ROOT));
            refusal(operation, "403", "The caller does not have the right " + needs.value().text());
        }
        return operation;
    }

    private static void refusal(Operation operation, String status, String description) {
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description(description)
                                .content(
                                        new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType()
                                                                .schema(new ObjectSchema()))));
    }
}
