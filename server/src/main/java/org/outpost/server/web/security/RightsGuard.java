package org.outpost.server.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.server.web.Answers;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Asks, before each route, whether the caller may: by what the route is annotated with ({@link
 * Needs}, {@link Open}).
 */
final class RightsGuard implements HandlerInterceptor {
    /** The path variable that names a device. */
    static final String DEVICE = "guid";

    private final Function<UUID, DeviceTraits> devices;

    /**
     * Makes the guard.
     *
     * @param devices what rights to a device depend on; answers for unknown ones as well
     */
    RightsGuard(Function<UUID, DeviceTraits> devices) {
        this.devices = devices;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod route) || !RouteRights.isOurs(route)) {
            return true;
        }
        Open open = route.getMethodAnnotation(Open.class);
        if (open != null && open.value() == Open.To.ANYBODY) {
            return true;
        }
        SignedIn signedIn = CallerArgument.current();
        if (signedIn == null) {
            throw Answers.problem(HttpStatus.UNAUTHORIZED, SecurityConfiguration.SIGN_IN);
        }
        Needs needs = route.getMethodAnnotation(Needs.class);
        if (needs != null) {
            check(signedIn.caller(), needs, request);
        }
        return true;
    }

    private void check(Caller caller, Needs needs, HttpServletRequest request) {
        boolean may =
                switch (needs.over()) {
                    case EVERYTHING -> caller.mayEverywhere(needs.value());
                    case SOME -> caller.maySomewhere(needs.value());
                    case DEVICE -> {
                        if (!caller.maySomewhere(needs.value())) {
                            // nothing to hide: they hear the same of every device
                            yield false;
                        }
                        DeviceTraits device = devices.apply(device(request));
                        if (!caller.sees(device)) {
                            throw Answers.noDevice();
                        }
                        yield caller.may(needs.value(), device);
                    }
                };
        if (!may) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN,
                    "This needs the right '"
                            + needs.value().text()
                            + "'"
                            + (needs.over() == Needs.Over.DEVICE ? " for this device" : "")
                            + (needs.over() == Needs.Over.EVERYTHING ? " for the whole server" : "")
                            + ", which "
                            + caller.user()
                            + (caller.scope().isNarrow() ? " with this token" : "")
                            + " does not have.");
        }
    }

    private static UUID device(HttpServletRequest request) {
        @SuppressWarnings("unchecked")
        Map<String, String> variables =
                (@Nullable Map<String, String>)
                        request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        String text = variables == null ? null : variables.get(DEVICE);
        if (text == null) {
            throw new IllegalStateException("a route over a device names it in its path");
        }
        return Answers.uuid(DEVICE, text);
    }
}
