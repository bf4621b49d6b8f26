package dev.facet.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** {@code template.yaml} as JSON, CloudFormation's short forms ({@code !Ref X}) written out. */
final class SamTemplate {

  private SamTemplate() {}

  static JsonNode read(Path file) throws IOException {
    Object document = new Yaml(new WrittenOut()).load(Files.readString(file));
    return Synthesis.JSON.valueToTree(document);
  }

  private static final class WrittenOut extends SafeConstructor {

    WrittenOut() {
      super(new LoaderOptions());
      yamlMultiConstructors.put("!", new ShortForm());
    }

    private final class ShortForm extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        String tag = node.getTag().getValue().substring(1);
        return Map.of(tag.equals("Ref") ? tag : "Fn::" + tag, value(node));
      }
    }

    private Object value(Node node) {
      return switch (node) {
        case ScalarNode scalar -> scalar.getValue();
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> constructMapping(mapping);
        default -> throw new IllegalStateException("not a value: " + node);
      };
    }
  }
}
