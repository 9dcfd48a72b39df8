package org.outpost.simulator.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.outpost.simulator.account.Account;
import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.wsman.EngineLimits;
import org.outpost.simulator.wsman.WsmanEngine;
import org.outpost.simulator.wsman.model.AmtModel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a device's engine as the consoles do, with the envelopes of wsman.md §2.2. */
public final class WsmanClient {
    private static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
    private static final String ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/";

    /** An answer: its HTTP status and its envelope. */
    public record Answer(int status, String text) {
        /** Text of the first element with that local name; empty when there is none. */
        public String value(String name) {
            List<String> values = values(name);
            return values.isEmpty() ? "" : values.getFirst();
        }

        /** Texts of all elements with that local name. */
        public List<String> values(String name) {
            List<String> values = new ArrayList<>();
            Matcher matcher =
                    Pattern.compile("<(\\w+):" + name + "(?:/>|>(.*?)</\\1:" + name + ">)")
                            .matcher(text);
            while (matcher.find()) {
                values.add(matcher.group(2) == null ? "" : matcher.group(2));
            }
            return values;
        }

        /** What an enumeration gave. */
        public List<XmlTree> items() {
            return XmlTree.parse(text).at("Body", "PullResponse", "Items").children();
        }

        /** The subcode of the fault without its prefix; empty when it is none. */
        public String fault() {
            List<String> values = values("Value");
            return values.isEmpty() ? "" : values.getLast().replaceAll("^\\w+:", "");
        }
    }

    private final TestDevice device;
    private final WsmanEngine engine;
    private final Account account;

    public WsmanClient(TestDevice device) {
        this(
                device,
                new WsmanEngine(device.firmware(), AmtModel.catalog(), EngineLimits.USUAL),
                device.firmware().accounts().administrator());
    }

    private WsmanClient(TestDevice device, WsmanEngine engine, Account account) {
        this.device = device;
        this.engine = engine;
        this.account = account;
    }

    /** The same engine, asked by somebody else. */
    public WsmanClient as(Account other) {
        return new WsmanClient(device, engine, other);
    }

    public Answer get(String className, String... selectors) {
        return ask(TRANSFER + "Get", className, "", selectors);
    }

    /** Get with a whole selector set, as it stands in a reference. */
    public Answer getBy(String className, String selectorSet) {
        return request(TRANSFER + "Get", className, selectorSet, "");
    }

    public Answer put(String className, String properties, String... selectors) {
        return ask(TRANSFER + "Put", className, instance(className, properties), selectors);
    }

    public Answer create(String className, String properties) {
        return ask(TRANSFER + "Create", className, instance(className, properties));
    }

    public Answer delete(String className, String... selectors) {
        return ask(TRANSFER + "Delete", className, "", selectors);
    }

    public Answer invoke(String className, String method, String input, String... selectors) {
        return ask(
                CimNames.uri(className) + '/' + method,
                className,
                instance(className, method + "_INPUT", input),
                selectors);
    }

    /** Enumerates and pulls everything at once. */
    public Answer enumerate(String className) {
        Answer begun =
                ask(
                        ENUMERATION + "Enumerate",
                        className,
                        "<n:Enumerate"
                            + " xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\"/>");
        return begun.status() == 200
                ? pull(className, begun.value("EnumerationContext"), 999)
                : begun;
    }

    public Answer pull(String className, String context, int most) {
        return ask(
                ENUMERATION + "Pull",
                className,
                "<n:Pull xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"
                        + "<n:EnumerationContext>"
                        + context
                        + "</n:EnumerationContext><n:MaxElements>"
                        + most
                        + "</n:MaxElements><n:MaxCharacters>99999</n:MaxCharacters></n:Pull>");
    }

    private static String instance(String className, String properties) {
        return instance(className, className, properties);
    }

    private static String instance(String className, String element, String properties) {
        return "<r:"
                + element
                + " xmlns:r=\""
                + CimNames.uri(className)
                + "\" xmlns:c=\"http://schemas.dmtf.org/wbem/wscim/1/common\">"
                + properties
                + "</r:"
                + element
                + '>';
    }

    /** An element of the class's namespace. */
    public static String element(String name, Object value) {
        return "<r:" + name + '>' + value + "</r:" + name + '>';
    }

    /** An element that holds a reference. */
    public static String reference(String name, String className, String... selectors) {
        return element(name, endpoint(className, selectors));
    }

    /** Address and parameters of a reference. */
    public static String endpoint(String className, String... selectors) {
        return "<a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>"
                   + "<a:ReferenceParameters><w:ResourceURI>"
                + CimNames.uri(className)
                + "</w:ResourceURI>"
                + selectorSet(selectors)
                + "</a:ReferenceParameters>";
    }

    private static String selectorSet(String... selectors) {
        if (selectors.length == 0) {
            return "";
        }
        StringBuilder set = new StringBuilder("<w:SelectorSet>");
        for (int i = 0; i < selectors.length; i += 2) {
            set.append("<w:Selector Name=\"")
                    .append(selectors[i])
                    .append("\">")
                    .append(selectors[i + 1])
                    .append("</w:Selector>");
        }
        return set.append("</w:SelectorSet>").toString();
    }

    /** Any request with the usual headers. */
    public Answer ask(String action, String className, String body, String... selectors) {
        return request(action, className, selectorSet(selectors), body);
    }

    private Answer request(String action, String className, String selectorSet, String body) {
        return send(
                """
                <?xml version="1.0" encoding="utf-8"?>
                <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
                 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
                 xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">
                <s:Header><a:Action>%s</a:Action><a:To>/wsman</a:To><w:ResourceURI>%s</w:ResourceURI>\
                <a:MessageID>1</a:MessageID><a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/\
                08/addressing/role/anonymous</a:Address></a:ReplyTo>\
                <w:OperationTimeout>PT60S</w:OperationTimeout>%s</s:Header><s:Body>%s</s:Body></s:Envelope>
                """
                        .formatted(action, CimNames.uri(className), selectorSet, body));
    }

    /** Any envelope. */
    public Answer send(String envelope) {
        return send(Unpooled.copiedBuffer(envelope, StandardCharsets.UTF_8));
    }

    /** Any bytes. */
    public Answer send(ByteBuf bytes) {
        CompletableFuture<WsmanEngine.Reply> answer =
                engine.handle(bytes, account, "192.0.2.1").toCompletableFuture();
        device.runTasks();
        assertThat(answer).isCompleted();
        WsmanEngine.Reply reply = answer.join();
        String text = reply.envelope().toString(StandardCharsets.UTF_8);
        assertThat(text).startsWith("<?xml");
        return new Answer(reply.status(), text);
    }
}
