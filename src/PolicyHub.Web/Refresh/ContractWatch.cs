using System.Collections.Immutable;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Git;
using PolicyHub.Content.Problems;

namespace PolicyHub.Web.Refresh;

/// <summary>
/// Asks the search contracts aside while an edition is served, of that edition and of every one to come. No page and no refresh waits for it, and
/// a newer edition gives up the run of the one before.
/// </summary>
public sealed partial class ContractWatch(ILogger<ContractWatch> log) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private CancellationTokenSource givenUp = new();
    private Task run = Task.CompletedTask;
    private volatile ContractFindings findings = new(null, [], ContractState.Running);

    /// <summary>What was found of an edition so far; nothing where another one is served by now.</summary>
    public ContractFindings FindingsOf(Edition edition) =>
        findings is var found && ReferenceEquals(found.Edition, edition) ? found : new ContractFindings(edition, [], ContractState.Running);

    /// <summary>Begins to ask, and gives up what it was asking.</summary>
    /// <param name="ready">Ends when the edition is complete: what serves the first pages goes before.</param>
    public void Begin(Edition edition, IBlobStore blobs, Task ready)
    {
        lock (gate)
        {
            givenUp.Cancel();
            givenUp = new CancellationTokenSource();
            var (before, cancellation) = (run, givenUp.Token);
            run = Task.Run(() => RunAsync(edition, blobs, ready, before, cancellation), CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (gate)
        {
            givenUp.Cancel();
            last = run;
        }

        await last;
    }

    private async Task RunAsync(Edition edition, IBlobStore blobs, Task ready, Task before, CancellationToken cancellation)
    {
        await before;
        var problems = ImmutableArray<Problem>.Empty;
        try
        {
            await ready.WaitAsync(cancellation);
            await foreach (var found in ContractForecast.RunAsync(edition, blobs, cancellation))
            {
                problems = problems.AddRange(found);
                findings = new ContractFindings(edition, problems, ContractState.Running);
            }

            findings = new ContractFindings(edition, problems, ContractState.Done);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A newer edition is served, or the site ends.
        }
#pragma warning disable CA1031 // Whatever a contract holds, the site stays up; the page says that the rest is not known.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.Failed(log, failure);
            findings = new ContractFindings(edition, problems, ContractState.Failed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The search contracts could not all be asked")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}

public enum ContractState
{
    /// <summary>Not all have been asked yet.</summary>
    Running,
    Done,

    /// <summary>Something went wrong; the log tells what.</summary>
    Failed,
}

/// <param name="Edition">The edition whose contracts these are.</param>
/// <param name="Problems">Those of now first, then those of editions to come.</param>
public sealed record ContractFindings(Edition? Edition, ImmutableArray<Problem> Problems, ContractState State);
