package org.outpost.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.outpost.database.DatabaseException;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** What is said of a change that the database did not confirm. */
class SubscriberControllerTest {
    private static String said(Throwable reason) {
        return String.valueOf(
                SubscriberController.notWritten(new CompletionException(reason))
                        .getBody()
                        .getDetail());
    }

    @Test
    void workThatWasRefusedChangedNothing() {
        assertThat(said(new DatabaseException("The database does not answer")))
                .contains("nothing was changed");
    }

    @Test
    void afterATimeOutNobodyKnows() {
        assertThat(said(new TimeoutException()))
                .contains("not known whether")
                .doesNotContain("nothing was changed");
    }
}
