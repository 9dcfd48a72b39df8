package org.outpost.server.web.amt;

/**
 * What a method of the device returned, in the form of Open DMT's MPS. A method that returns
 * anything but success is answered with a problem instead.
 */
record Returned(Value Body) {
    static final Returned SUCCESS = new Returned(new Value(0, "SUCCESS"));

    record Value(int ReturnValue, String ReturnValueStr) {}
}
