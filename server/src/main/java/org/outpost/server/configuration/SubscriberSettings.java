package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Choice;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.MustExist;
import org.outpost.server.configuration.binding.Range;

import java.nio.file.Path;
import java.time.Duration;

/** Somebody who is told which devices come and go. */
public sealed interface SubscriberSettings {
    /** Where it is told. */
    String url();

    /** The authorities that its certificate may come from. */
    @Nullable Path ca();

    /** What it asks for. */
    @Nullable Path credentials();

    /** For a connection. */
    Duration connectTimeout();

    /** For a request and its answer. */
    Duration responseTimeout();

    /** Single CloudEvents. */
    @Choice("cloudevents-http")
    @Doc(
            "CloudEvents 1.0 over HTTP, one event in a request; requests about different devices go"
                    + " out side by side.")
    record CloudEvents(
            @Doc("The http or https address; `egress.allow` must allow it.") String url,
            @Doc(
                            "A PEM file with the authorities that its certificate may come from."
                                    + " Without it, those of the Java platform.")
                    @MustExist
                    @Nullable Path ca,
            @Doc(
                            "A file with one line, `user:password` (for Basic and Digest) or"
                                    + " `bearer TOKEN`.")
                    @MustExist
                    @Nullable Path credentials,
            @Doc("How long a connection may take.") @Default("5s") @Range(min = 10, max = 60000)
                    Duration connectTimeout,
            @Doc("How long the answer may take.") @Default("10s") @Range(min = 10, max = 300000)
                    Duration responseTimeout)
            implements SubscriberSettings {}

    /** CloudEvents in batches. */
    @Choice("cloudevents-http-batch")
    @Doc("CloudEvents 1.0 over HTTP, up to a hundred events in a request, all in order.")
    record CloudEventsBatch(
            @Doc("The http or https address; `egress.allow` must allow it.") String url,
            @Doc(
                            "A PEM file with the authorities that its certificate may come from."
                                    + " Without it, those of the Java platform.")
                    @MustExist
                    @Nullable Path ca,
            @Doc(
                            "A file with one line, `user:password` (for Basic and Digest) or"
                                    + " `bearer TOKEN`.")
                    @MustExist
                    @Nullable Path credentials,
            @Doc("How long a connection may take.") @Default("5s") @Range(min = 10, max = 60000)
                    Duration connectTimeout,
            @Doc("How long the answer may take.") @Default("10s") @Range(min = 10, max = 300000)
                    Duration responseTimeout)
            implements SubscriberSettings {}

    /** The SOAP notification of Intel's MPS. */
    @Choice("mps-soap")
    @Doc(
            "The SOAP notification of Intel's MPS. Its fields are public, its namespace is not:"
                    + " what a console expects can be written here.")
    record MpsSoap(
            @Doc("The http or https address; `egress.allow` must allow it.") String url,
            @Doc(
                            "A PEM file with the authorities that its certificate may come from."
                                    + " Without it, those of the Java platform.")
                    @MustExist
                    @Nullable Path ca,
            @Doc(
                            "A file with one line, `user:password` (for Basic and Digest) or"
                                    + " `bearer TOKEN`.")
                    @MustExist
                    @Nullable Path credentials,
            @Doc("How long a connection may take.") @Default("5s") @Range(min = 10, max = 60000)
                    Duration connectTimeout,
            @Doc("How long the answer may take.") @Default("5s") @Range(min = 10, max = 300000)
                    Duration responseTimeout,
            @Doc("The namespace of the body's elements.")
                    @Default("\"urn:outpost:mps:notification:1\"")
                    String namespace,
            @Doc("The name of the body's first element.") @Default("EventNotification")
                    String wrapper,
            @Doc("The SOAPAction. Without it: the namespace, a slash and the wrapper.")
                    @Nullable String soapAction,
            @Doc("Which SOAP.") @Default("\"1.1\"") String soapVersion,
            @Doc("How `State` is written: CONNECTED and DISCONNECTED, or 0 and 1.") @Default("word")
                    StateForm state,
            @Doc("Whether the console is asked if it wants to keep the connection.")
                    @Default("false")
                    boolean wantReply,
            @Doc(
                            "Whether its answer `KeepConnection` false ends the device's tunnel."
                                    + " Needs `want-reply`.")
                    @Default("false")
                    boolean authoritative)
            implements SubscriberSettings {}

    /** How the state is written. */
    enum StateForm {
        /** CONNECTED and DISCONNECTED. */
        WORD,
        /** 0 and 1. */
        NUMBER
    }
}
