namespace PolicyHub.Content.Editing;

/// <summary>A file as a change would leave it.</summary>
/// <param name="Text">Null: it is taken away.</param>
/// <param name="From">Where it stands now, where the change moves it; null: at its path.</param>
public sealed record ProposedFile(LibraryPath Path, byte[]? Text, LibraryPath? From = null);
