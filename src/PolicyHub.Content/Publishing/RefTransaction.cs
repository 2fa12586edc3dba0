using System.Text;
using PolicyHub.Content.Git;

namespace PolicyHub.Content.Publishing;

/// <summary>Moves refs of a repository of ours, or of its remote, each only from where it is known to stand.</summary>
internal static class RefTransaction
{
    /// <summary>Moves a ref; false: it stood elsewhere, or another holds it right now.</summary>
    /// <param name="from">Null: it must not be there yet.</param>
    /// <exception cref="GitException">git took too long or can't be started.</exception>
    public static async Task<bool> MoveAsync(LibraryRepository repository, string name, CommitId? from, CommitId to, CancellationToken cancellation) =>
        await RunAsync(repository, $"update {name} {to} {from?.Hex ?? new string('0', to.Hex.Length)}\n", cancellation);

    /// <summary>Takes a ref away; nothing happens where it is gone or stands elsewhere.</summary>
    public static Task DeleteAsync(LibraryRepository repository, string name, CommitId from, CancellationToken cancellation) =>
        RunAsync(repository, $"delete {name} {from}\n", cancellation);

    /// <summary>Moves a ref of the remote, and only from where it is known to stand, be that ahead or not.</summary>
    /// <param name="from">Null: it must not be there yet.</param>
    /// <exception cref="GitException">The remote did not take it, or its answer was lost.</exception>
    public static Task PushAsync(LibraryRepository repository, RemoteAccess access, string name, CommitId? from, CommitId to, CancellationToken cancellation) =>
        repository.Git.RunAsync(
            new GitCall
            {
                Arguments = ["push", "--quiet", "--no-verify", $"--force-with-lease={name}:{from?.Hex}", "--", access.Address.Url, $"{to}:{name}"],
                Repository = repository.GitDirectory,
                Remote = access,
            },
            cancellation);

    private static async Task<bool> RunAsync(LibraryRepository repository, string command, CancellationToken cancellation) =>
        await repository.Git.RunAsync(
            new GitCall
            {
                Arguments = ["update-ref", "--stdin"],
                Repository = repository.GitDirectory,
                Input = (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(command), token).AsTask(),
                Answers = [1, 128],
            },
            cancellation) == 0;
}
