package dev.facet.core.faces.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Optional;

/** Jackson support for an optional text, as a string or null. */
final class OptionalText {

  private OptionalText() {}

  static SimpleModule module() {
    return new SimpleModule()
        .addSerializer(Optional.class, new Writer())
        .addDeserializer(Optional.class, new Reader());
  }

  @SuppressWarnings("rawtypes") // Jackson registers a class, which has no type arguments
  private static final class Writer extends JsonSerializer<Optional> {
    @Override
    public void serialize(Optional value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      if (((Optional<?>) value).orElse(null) instanceof String text) {
        generator.writeString(text);
      } else {
        generator.writeNull();
      }
    }
  }

  @SuppressWarnings("rawtypes") // Jackson registers a class, which has no type arguments
  private static final class Reader extends JsonDeserializer<Optional> {
    @Override
    public Optional deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Optional.of(parser.getText());
    }

    @Override
    public Optional getNullValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
