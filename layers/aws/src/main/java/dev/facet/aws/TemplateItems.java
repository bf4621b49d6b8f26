package dev.facet.aws;

import dev.facet.core.gallery.Template;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Templates within items: a list of maps, each with the factor, the coordinates as little-endian
 * float32, and the norm if it is known.
 */
final class TemplateItems {

  private static final String FACTOR = "factor";
  private static final String VECTOR = "vector";
  private static final String NORM = "norm";

  private TemplateItems() {}

  static AttributeValue write(List<Template> templates) {
    return AttributeValue.fromL(templates.stream().map(TemplateItems::write).toList());
  }

  private static AttributeValue write(Template template) {
    ByteBuffer bytes =
        ByteBuffer.allocate(template.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(template.vector());
    Item item = Item.part().text(FACTOR, template.factor()).bytes(VECTOR, bytes.array());
    return template.norm() == Template.UNKNOWN_NORM
        ? item.asValue()
        : item.single(NORM, template.norm()).asValue();
  }

  static List<Template> from(List<AttributeValue> templates) {
    return templates.stream().map(TemplateItems::from).toList();
  }

  private static Template from(AttributeValue value) {
    Item item = Item.fromPart(value);
    FloatBuffer floats =
        ByteBuffer.wrap(item.bytes(VECTOR)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] vector = new float[floats.remaining()];
    floats.get(vector);
    return new Template(item.text(FACTOR), vector, item.singleOr(NORM, Template.UNKNOWN_NORM));
  }
}
