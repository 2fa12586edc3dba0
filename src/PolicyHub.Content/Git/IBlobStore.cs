namespace PolicyHub.Content.Git;

/// <summary>Where the bytes of a library are read: a bare repository, or a plain folder in a preview.</summary>
public interface IBlobStore
{
    /// <summary>Reads many blobs at once; the answer stands in the order asked. Null stands for a blob that is missing or larger than <paramref name="largest"/> bytes.</summary>
    /// <exception cref="GitException">The store itself cannot be read.</exception>
    Task<IReadOnlyList<byte[]?>> ReadAsync(IReadOnlyList<BlobId> blobs, int largest, CancellationToken cancellation);

    /// <summary>The sizes of many blobs in bytes, without reading them; 0 for one that is missing.</summary>
    /// <exception cref="GitException">The store itself cannot be read.</exception>
    Task<IReadOnlyList<long>> SizesAsync(IReadOnlyList<BlobId> blobs, CancellationToken cancellation);
}
