package dev.facet.aws;

import dev.facet.core.applications.ApplicationId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;

/** The records of the model bundles with which applications' image galleries are made, as items. */
final class ImageGalleryItems {

  private static final String APPLICATION = "application";
  private static final String IMAGE_BUNDLE = "imageBundle";

  private ImageGalleryItems() {}

  static Map<String, AttributeValue> key(ApplicationId application) {
    return Item.key(StoreKeys.imageGallery(application), StoreKeys.SINGLE);
  }

  /** Returns the put of a record, on condition that there is none. */
  static Put add(String table, ApplicationId application, String bundle) {
    return Put.builder()
        .tableName(table)
        .item(
            Item.under(key(application))
                .text(APPLICATION, application.toString())
                .text(IMAGE_BUNDLE, bundle)
                .attributes())
        .conditionExpression("attribute_not_exists(pk)")
        .build();
  }

  static String bundleFrom(Map<String, AttributeValue> row) {
    return Item.from(row).text(IMAGE_BUNDLE);
  }
}
