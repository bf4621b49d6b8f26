package dev.facet.cli.doctor.stack;

import dev.facet.cli.doctor.NotReadable;
import java.util.List;
import java.util.Map;

/** Reads a deployed stack. Methods throw {@link NotReadable} if that is not possible. */
public interface StackPort {

  /**
   * A resource of the stack.
   *
   * @param type such as {@code AWS::Lambda::Alias}
   * @param physicalId the name, ARN or URL in the account
   */
  record Resource(String logicalId, String type, String physicalId) {}

  /** Returns the stack's outputs by name. */
  Map<String, String> outputs();

  /** Returns the stack's resources. */
  List<Resource> resources();

  /** Returns whether the stack refuses its deletion. */
  boolean terminationProtection();

  /** Returns an output that the checks need. */
  default String output(String name) {
    String value = outputs().get(name);
    if (value == null) {
      throw new NotReadable("the stack has no output " + name);
    }
    return value;
  }

  /** Returns the physical ids of the resources of a type. */
  default List<String> physicalIds(String type) {
    return resources().stream()
        .filter(resource -> resource.type().equals(type))
        .map(Resource::physicalId)
        .toList();
  }
}
