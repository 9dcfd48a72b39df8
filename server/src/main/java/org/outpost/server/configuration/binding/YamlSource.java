package org.outpost.server.configuration.binding;

import org.outpost.server.configuration.binding.Value.Empty;
import org.outpost.server.configuration.binding.Value.Entry;
import org.outpost.server.configuration.binding.Value.Mapping;
import org.outpost.server.configuration.binding.Value.Scalar;
import org.outpost.server.configuration.binding.Value.Sequence;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads YAML 1.2 into {@link Value}s that know their lines. */
final class YamlSource {
    private static final int DEEPEST = 20;

    private final String name;
    private final boolean lines;
    private final List<Problem> problems;

    /**
     * Prepares to read.
     *
     * @param name how errors call the source
     * @param lines whether lines mean anything in it
     * @param problems takes what is wrong
     */
    YamlSource(String name, boolean lines, List<Problem> problems) {
        this.name = name;
        this.lines = lines;
        this.problems = problems;
    }

    Value read(String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(name)
                        .setUseMarks(true)
                        .setCodePointLimit(1 << 20)
                        .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isPresent() ? value(root.get(), "", 0) : new Empty(start());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(
                    new Problem(
                            new Origin(name, lines ? line : 0), "", "not YAML: " + e.getProblem()));
            return new Empty(start());
        } catch (YamlEngineException e) {
            problems.add(new Problem(start(), "", "not YAML: " + e.getMessage()));
            return new Empty(start());
        }
    }

    private Value value(Node node, String path, int depth) {
        Origin origin = origin(node);
        if (depth > DEEPEST) {
            problems.add(new Problem(origin, path, "nested too deeply"));
            return new Empty(origin);
        }
        return switch (node) {
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> new Empty(origin);
            case ScalarNode scalar ->
                    new Scalar(
                            scalar.getValue(),
                            scalar.getScalarStyle() != ScalarStyle.PLAIN,
                            origin);
            case SequenceNode sequence -> sequence(sequence, path, depth);
            case MappingNode mapping -> mapping(mapping, path, depth);
            default -> {
                problems.add(new Problem(origin, path, "aliases are not understood here"));
                yield new Empty(origin);
            }
        };
    }

    private Sequence sequence(SequenceNode node, String path, int depth) {
        List<Value> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(value(item, path + "[" + items.size() + "]", depth + 1));
        }
        return new Sequence(items, origin(node));
    }

    private Mapping mapping(MappingNode node, String path, int depth) {
        Mapping mapping = Mapping.empty(origin(node));
        for (NodeTuple tuple : node.getValue()) {
            Origin origin = origin(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problems.add(new Problem(origin, path, "a key must be a plain word"));
                continue;
            }
            String key = scalar.getValue();
            String below = path.isEmpty() ? key : path + "." + key;
            Entry entry = new Entry(origin, value(tuple.getValueNode(), below, depth + 1));
            Entry first = mapping.entries().putIfAbsent(key, entry);
            if (first != null) {
                problems.add(
                        new Problem(
                                origin,
                                below,
                                "written twice, first in line "
                                        + first.key().line()
                                        + "; remove one of them"));
            }
        }
        return mapping;
    }

    private Origin origin(Node node) {
        return new Origin(
                name, lines ? node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0) : 0);
    }

    private Origin start() {
        return new Origin(name, lines ? 1 : 0);
    }
}
