package dev.facet.core.faces.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.facet.core.gallery.Template;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one policy for JSON that another version may have written: names are those of {@link
 * WireNames}, unknown properties are ignored, missing ones refused unless the table has them as
 * optional, and so is null unless the table allows it. A record that is not in the table says by
 * {@code @JsonProperty} which of its properties are required.
 */
public final class WireJson {

  private WireJson() {}

  /** Returns a mapper of this policy. */
  public static JsonMapper mapper() {
    return JsonMapper.builder()
        .addModule(new SimpleModule().addSerializer(Instant.class, new InstantAsText()))
        .addModule(new SimpleModule().addDeserializer(Instant.class, new TextAsInstant()))
        .annotationIntrospector(new TableOfNames())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /** Answers as if each record component of the table had a {@code @JsonProperty}. */
  private static final class TableOfNames extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public @Nullable PropertyName findNameForSerialization(Annotated annotated) {
      PropertyName name = name(annotated);
      return name == null ? super.findNameForSerialization(annotated) : name;
    }

    @Override
    public @Nullable PropertyName findNameForDeserialization(Annotated annotated) {
      PropertyName name = name(annotated);
      return name == null ? super.findNameForDeserialization(annotated) : name;
    }

    /** Writes no optional property that is null or unknown, as versions without it do. */
    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
      if (!isOptional(annotated)) {
        return super.findPropertyInclusion(annotated);
      }
      if (annotated.getRawType() == boolean.class) {
        return JsonInclude.Value.construct(
            JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS);
      }
      return annotated.getRawType() == float.class
          ? JsonInclude.Value.construct(
              JsonInclude.Include.CUSTOM, JsonInclude.Include.ALWAYS, UnknownNorm.class, null)
          : JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS);
    }

    /** Reads an absent norm as unknown, not as 0. */
    @Override
    public @Nullable Object findDeserializer(Annotated annotated) {
      return annotated.getRawType() == float.class && isOptional(annotated)
          ? NumberAsNorm.class
          : super.findDeserializer(annotated);
    }

    private static boolean isOptional(Annotated annotated) {
      PropertyName name = name(annotated);
      return name != null
          && annotated instanceof AnnotatedMember member
          && WireNames.isOptional(member.getDeclaringClass(), name.getSimpleName());
    }

    /** Requires each property of the table that is not optional. */
    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
      PropertyName name = member instanceof AnnotatedParameter ? name(member) : null;
      if (name == null) {
        return super.hasRequiredMarker(member);
      }
      return !WireNames.isOptional(member.getDeclaringClass(), name.getSimpleName());
    }

    /** Refuses null, but not for numbers, which read it as 0. */
    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
      if (!(annotated instanceof AnnotatedParameter parameter)
          || parameter.getRawType().isPrimitive()) {
        return super.findSetterInfo(annotated);
      }
      PropertyName name = name(parameter);
      boolean nullable =
          name == null
              ? Boolean.FALSE.equals(super.hasRequiredMarker(parameter))
              : WireNames.isNullable(parameter.getDeclaringClass(), name.getSimpleName());
      return JsonSetter.Value.forValueNulls(nullable ? Nulls.SET : Nulls.FAIL);
    }

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      String[] found = super.findEnumValues(config, type, constants, names);
      for (int i = 0; i < constants.length; i++) {
        String text = WireNames.text(constants[i]);
        found[i] = text == null ? found[i] : text;
      }
      return found;
    }

    private static @Nullable PropertyName name(Annotated annotated) {
      if (!(annotated instanceof AnnotatedMember member)) {
        return null;
      }
      List<String> names = WireNames.properties(member.getDeclaringClass());
      int index = names == null ? -1 : component(member);
      return names == null || index < 0 ? null : PropertyName.construct(names.get(index));
    }

    private static int component(AnnotatedMember member) {
      return switch (member) {
        case AnnotatedParameter parameter -> component(parameter);
        case AnnotatedMethod method when method.getParameterCount() == 0 ->
            component(member, method.getName());
        case AnnotatedField field -> component(member, field.getName());
        default -> -1;
      };
    }

    /** Only parameters of the canonical constructor are components. */
    private static int component(AnnotatedParameter parameter) {
      RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
      boolean canonical =
          parameter.getOwner() instanceof AnnotatedConstructor owner
              && owner.getParameterCount() == components.length;
      return canonical ? parameter.getIndex() : -1;
    }

    private static int component(AnnotatedMember member, String name) {
      RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
      for (int i = 0; i < components.length; i++) {
        if (components[i].getName().equals(name)) {
          return i;
        }
      }
      return -1;
    }
  }

  /** Equals {@link Template#UNKNOWN_NORM}, which is not written. */
  private static final class UnknownNorm {
    @Override
    public boolean equals(@Nullable Object other) {
      return Float.valueOf(Template.UNKNOWN_NORM).equals(other);
    }

    @Override
    public int hashCode() {
      return Float.hashCode(Template.UNKNOWN_NORM);
    }
  }

  private static final class NumberAsNorm extends JsonDeserializer<Float> {
    @Override
    public Float deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return parser.getFloatValue();
    }

    @Override
    public Float getAbsentValue(DeserializationContext context) {
      return Template.UNKNOWN_NORM;
    }

    @Override
    public Float getNullValue(DeserializationContext context) {
      return Template.UNKNOWN_NORM;
    }
  }

  private static final class InstantAsText extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(value.toString());
    }
  }

  private static final class TextAsInstant extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Instant.parse(parser.getText());
    }
  }
}
