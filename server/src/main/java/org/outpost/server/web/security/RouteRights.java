package org.outpost.server.web.security;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.util.List;

/**
 * Sees to it that no route of ours forgets to say who may use it: else the server does not start.
 */
final class RouteRights implements SmartInitializingSingleton {
    private static final String OURS = "org.outpost.";

    private final RequestMappingHandlerMapping routes;

    RouteRights(RequestMappingHandlerMapping routes) {
        this.routes = routes;
    }

    static boolean isOurs(HandlerMethod route) {
        return route.getBeanType().getName().startsWith(OURS);
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> silent =
                routes.getHandlerMethods().values().stream()
                        .filter(RouteRights::isOurs)
                        .filter(
                                route ->
                                        route.hasMethodAnnotation(Needs.class)
                                                == route.hasMethodAnnotation(Open.class))
                        .map(HandlerMethod::getShortLogMessage)
                        .sorted()
                        .toList();
        if (!silent.isEmpty()) {
            throw new IllegalStateException(
                    "routes that do not say who may use them: " + String.join(", ", silent));
        }
    }
}
