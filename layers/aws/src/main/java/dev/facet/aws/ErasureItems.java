package dev.facet.aws;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.images.Erasure;
import dev.facet.core.images.ImageKey;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Notes of pending image erasures as items; they sort by due time. */
final class ErasureItems {

  private static final String APPLICATION = "application";
  private static final String SUBJECT = "subject";
  private static final String VERSION = "version";
  private static final String DUE = "due";

  private ErasureItems() {}

  static Map<String, AttributeValue> key(Erasure erasure) {
    return Item.key(
        StoreKeys.erasures(StoreKeys.erasureShard(erasure.image())),
        StoreKeys.erasure(erasure.due().getEpochSecond(), erasure.image()));
  }

  static Map<String, AttributeValue> write(Erasure erasure) {
    ImageKey image = erasure.image();
    return Item.under(key(erasure))
        .text(APPLICATION, image.application().toString())
        .text(SUBJECT, image.subject().value())
        .text(VERSION, image.version())
        .number(DUE, erasure.due().getEpochSecond())
        .attributes();
  }

  static Erasure from(Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return new Erasure(
        new ImageKey(
            ApplicationId.parse(item.text(APPLICATION)),
            new SubjectId(item.text(SUBJECT)),
            item.text(VERSION)),
        Instant.ofEpochSecond(item.number(DUE)));
  }
}
