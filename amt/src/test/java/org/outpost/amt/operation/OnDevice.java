package org.outpost.amt.operation;

import org.junit.jupiter.api.AfterEach;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.fake.FakeAmt;
import org.outpost.amt.fake.FakeModel;
import org.outpost.amt.fake.TestDevice;
import org.outpost.amt.wsman.AmtCalls;

import java.util.concurrent.CompletionStage;

/** A test against a device written from the document, through the whole client. */
abstract class OnDevice {
    final TestDevice device = TestDevice.plain();
    final FakeAmt amt = device.amt;
    final FakeModel model = amt.model;
    final AmtCalls calls = device.calls();

    @AfterEach
    void close() {
        device.close();
    }

    static <T> T get(CompletionStage<T> stage) {
        return TestDevice.get(stage);
    }

    static AmtFailure failure(CompletionStage<?> stage) {
        return TestDevice.failure(stage);
    }

    /** Lets a method succeed, with more in its output. */
    void returns(String method, String output) {
        model.method(method, input -> output + "<g:ReturnValue>0</g:ReturnValue>");
    }
}
