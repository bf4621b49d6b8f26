package dev.facet.aws;

import dev.facet.core.applications.ApplicationId;
import dev.facet.core.gallery.DeletionEntry;
import dev.facet.core.gallery.GalleryId;
import dev.facet.core.subjects.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Entries of the deletion ledger as items. They hold ids and times only. */
final class DeletionItems {

  private static final String APPLICATION = "application";
  private static final String SPACE = "space";
  private static final String TOKEN = "token";
  private static final String AT = "at";
  private static final String ENDED = "ended";
  private static final String SUBJECT = "subject";
  private static final String SEQ = "seq";
  private static final String UPDATED = "updated";
  private static final String REPLACED = "replaced";

  private DeletionItems() {}

  static Map<String, AttributeValue> write(DeletionEntry entry) {
    List<AttributeValue> ended =
        entry.ended().stream()
            .map(
                each ->
                    Item.part()
                        .text(SUBJECT, each.subject().value())
                        .number(SEQ, each.seq())
                        .time(UPDATED, each.updated())
                        .flag(REPLACED, each.replaced())
                        .asValue())
            .toList();
    return Item.under(
            Item.key(
                StoreKeys.deletions(entry.gallery()),
                StoreKeys.deletion(entry.at().toEpochMilli(), entry.token())))
        .text(APPLICATION, entry.gallery().application().toString())
        .text(SPACE, entry.gallery().space())
        .text(TOKEN, entry.token())
        .time(AT, entry.at())
        .set(ENDED, AttributeValue.fromL(ended))
        .number(Tables.EXPIRES, entry.expires().getEpochSecond())
        .attributes();
  }

  /** Returns the item of the erasure of an application. */
  static Map<String, AttributeValue> write(ApplicationId erased, Instant at) {
    return Item.under(Item.key(StoreKeys.erasedApplication(erased), StoreKeys.SINGLE))
        .text(APPLICATION, erased.toString())
        .time(AT, at)
        .number(Tables.EXPIRES, at.plus(DeletionEntry.RETENTION).getEpochSecond())
        .attributes();
  }

  /** Returns whether an item stands for the erasure of an application. */
  static boolean isApplication(Map<String, AttributeValue> row) {
    return AttributeValue.fromS(StoreKeys.SINGLE).equals(row.get(Tables.SORT));
  }

  static ApplicationId applicationFrom(Map<String, AttributeValue> row) {
    return ApplicationId.parse(Item.from(row).text(APPLICATION));
  }

  static DeletionEntry from(Map<String, AttributeValue> row) {
    Item item = Item.from(row);
    return new DeletionEntry(
        new GalleryId(ApplicationId.parse(item.text(APPLICATION)), item.text(SPACE)),
        item.text(TOKEN),
        item.list(ENDED).stream().map(DeletionItems::endedFrom).toList(),
        item.time(AT));
  }

  private static DeletionEntry.Ended endedFrom(AttributeValue value) {
    Item item = Item.fromPart(value);
    return new DeletionEntry.Ended(
        new SubjectId(item.text(SUBJECT)),
        item.number(SEQ),
        item.time(UPDATED),
        item.flag(REPLACED));
  }
}
