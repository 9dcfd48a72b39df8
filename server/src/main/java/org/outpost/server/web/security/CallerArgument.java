package org.outpost.server.web.security;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands the caller to a route that asks for a {@link Caller} or {@link SignedIn}. */
final class CallerArgument implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class
                || parameter.getParameterType() == SignedIn.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        SignedIn signedIn = current();
        if (signedIn == null) {
            throw new IllegalStateException("a route that is open to anybody has no caller");
        }
        return parameter.getParameterType() == Caller.class ? signedIn.caller() : signedIn;
    }

    /** Who calls on this thread; null when nobody is signed in. */
    static @Nullable SignedIn current() {
        return SecurityContextHolder.getContext().getAuthentication()
                        instanceof CallerAuthentication known
                ? known.signedIn()
                : null;
    }
}
