using System.Collections.Frozen;

namespace PolicyHub.Web.Themes;

/// <summary>
/// The themes of a folder, read at start and again when a file of it changes. A folder that cannot be read keeps what was read last.
/// </summary>
public sealed partial class ThemeStore : IDisposable
{
    private const string Fallback = "civic";

    // An editor saves in several steps; the last one of them counts.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(150);

    private readonly string folder;
    private readonly ILogger<ThemeStore> logger;
    private readonly FileSystemWatcher? watcher;
    private readonly ITimer? settled;
    private volatile FrozenDictionary<string, Theme> themes = FrozenDictionary<string, Theme>.Empty;

    public ThemeStore(SiteOptions options, TimeProvider time, ILogger<ThemeStore> logger)
    {
        folder = options.ThemesFolder;
        this.logger = logger;
        Read();
        if (!Directory.Exists(folder))
        {
            return;
        }

        settled = time.CreateTimer(_ => Read(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Changed += (_, _) => Touched();
        watcher.Created += (_, _) => Touched();
        watcher.Deleted += (_, _) => Touched();
        watcher.Renamed += (_, _) => Touched();
        watcher.EnableRaisingEvents = true;
    }

    public IEnumerable<string> Names => themes.Keys.Order(StringComparer.Ordinal);

    /// <summary>The theme of a name; the civic one, else any, for a name that no folder has; null when there is no theme at all.</summary>
    public Theme? Find(string name) =>
        themes.GetValueOrDefault(name) ?? themes.GetValueOrDefault(Fallback) ?? themes.Values.FirstOrDefault();

    public bool Has(string name) => themes.ContainsKey(name);

    public void Dispose()
    {
        watcher?.Dispose();
        settled?.Dispose();
    }

    private void Touched() => settled?.Change(Settle, Timeout.InfiniteTimeSpan);

    private void Read()
    {
        try
        {
            var read = Directory.Exists(folder)
                ? Directory.EnumerateDirectories(folder).Select(ThemeReader.Read).OfType<Theme>().ToList()
                : [];
            foreach (var theme in read)
            {
                foreach (var fault in theme.Faults)
                {
                    Log.ThemeFault(logger, theme.Name, fault);
                }
            }

            themes = read.ToFrozenDictionary(theme => theme.Name, StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.ThemesUnreadable(logger, folder, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(301, LogLevel.Warning, "Theme {Theme}: {Fault}")]
        public static partial void ThemeFault(ILogger logger, string theme, string fault);

        [LoggerMessage(302, LogLevel.Warning, "The themes in {Folder} cannot be read; those read before stay")]
        public static partial void ThemesUnreadable(ILogger logger, string folder, Exception failure);
    }
}
