package dev.facet.api;

import dev.facet.core.faces.FaceAnswer;
import dev.facet.core.faces.FaceCommand;
import dev.facet.core.faces.FaceService;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A face service that fails, and remembers what it was asked. */
final class FaultyFaces implements FaceService {

  final List<FaceCommand<?>> asked = new CopyOnWriteArrayList<>();

  private final RuntimeException failure;

  private FaultyFaces(RuntimeException failure) {
    this.failure = failure;
  }

  static FaultyFaces with(RuntimeException failure) {
    return new FaultyFaces(failure);
  }

  @Override
  public <A extends FaceAnswer> A execute(FaceCommand<A> command) {
    asked.add(command);
    throw failure;
  }
}
