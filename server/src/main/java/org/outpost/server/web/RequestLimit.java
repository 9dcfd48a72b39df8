package org.outpost.server.web;

import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Cuts long requests off before they take memory; but for uploads, which go to the disk as they
 * come and have a limit of their own.
 */
final class RequestLimit extends SizeLimitHandler {
    private final String uploads;

    /**
     * A limit.
     *
     * @param longest request, in bytes
     * @param uploads what is put below this path has another limit
     */
    RequestLimit(long longest, String uploads) {
        super(longest, -1);
        this.uploads = uploads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Handler next = getHandler();
        if (next != null && isUpload(request)) {
            return next.handle(request, response, callback);
        }
        return super.handle(request, response, callback);
    }

    private boolean isUpload(Request request) {
        String path = request.getHttpURI().getCanonicalPath();
        return HttpMethod.PUT.is(request.getMethod()) && path != null && path.startsWith(uploads);
    }
}
