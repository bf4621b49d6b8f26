package dev.facet.aws;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.gallery.LogErasure;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Notes of templates to erase from galleries' logs as items; they sort by due time. */
final class LogErasureItems {

  private static final String APPLICATION = "application";
  private static final String SPACE = "space";
  private static final String COMMIT = "commit";
  private static final String ENDED = "ended";
  private static final String SUBJECT = "subject";
  private static final String SEQ = "seq";
  private static final String WHOLE_LOG = "wholeLog";
  private static final String DUE = "due";

  private LogErasureItems() {}

  static Map<String, AttributeValue> key(LogErasure note) {
    return Item.key(
        StoreKeys.logErasures(StoreKeys.logErasureShard(note.gallery())),
        StoreKeys.logErasure(note.due().getEpochSecond(), note.gallery(), note.commit()));
  }

  static Map<String, AttributeValue> write(LogErasure note) {
    List<AttributeValue> ended =
        note.ended().stream()
            .map(
                each ->
                    Item.part()
                        .text(SUBJECT, each.subject().value())
                        .number(SEQ, each.seq())
                        .asValue())
            .toList();
    return Item.under(key(note))
        .text(APPLICATION, note.gallery().application().toString())
        .text(SPACE, note.gallery().space())
        .number(COMMIT, note.commit())
        .set(ENDED, AttributeValue.fromL(ended))
        .flag(WHOLE_LOG, note.wholeLog())
        .number(DUE, note.due().getEpochSecond())
        .attributes();
  }

  static LogErasure from(Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return new LogErasure(
        new GalleryId(ApplicationId.parse(item.text(APPLICATION)), item.text(SPACE)),
        item.number(COMMIT),
        item.list(ENDED).stream().map(LogErasureItems::endedFrom).toList(),
        item.flag(WHOLE_LOG),
        Instant.ofEpochSecond(item.number(DUE)));
  }

  private static LogErasure.Ended endedFrom(AttributeValue value) {
    Item item = Item.fromPart(value);
    return new LogErasure.Ended(new SubjectId(item.text(SUBJECT)), item.number(SEQ));
  }
}
