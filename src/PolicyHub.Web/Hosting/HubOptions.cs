using PolicyHub.Web.Audit;
using PolicyHub.Web.Mail;
using PolicyHub.Web.Privacy;
using PolicyHub.Web.SignIn;
using PolicyHub.Web.Telemetry;

namespace PolicyHub.Web.Hosting;

/// <summary>
/// What whoever runs PolicyHub sets: section <c>PolicyHub</c> of the configuration (appsettings.json, environment
/// variables such as <c>PolicyHub__Data</c>, the command line). <c>src/settings.md</c> lists every one; a test holds the two together.
/// </summary>
public sealed class HubOptions
{
    public const string Section = "PolicyHub";

    /// <summary>The folder of all state, one folder to back up.</summary>
    public string Data { get; set; } = "data";

    /// <summary>The library to serve: a local repository, a bundle or the address of a remote. Empty: our own, imported from the starter library at first start.</summary>
    public string? Library { get; set; }

    /// <summary>The published branch. Empty: HEAD, else <c>main</c>, <c>master</c> or the only branch.</summary>
    public string? Branch { get; set; }

    /// <summary>The folder of the repository that is the library. Empty: all of it.</summary>
    public string? Folder { get; set; }

    /// <summary>The commit of the published branch after which commits are served only once they came through an approval. Empty: all are served.</summary>
    public string? HoldBackAfter { get; set; }

    /// <summary>A plain folder to show as it is on disk, refreshed on save; takes the place of a library.</summary>
    public string? Preview { get; set; }

    /// <summary>The folder of themes. Empty: the one that comes with the program.</summary>
    public string? Themes { get; set; }

    /// <summary>The longest that one call of git may take.</summary>
    public TimeSpan GitTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Searches that one address may ask in a second, with ten seconds' worth in reserve; many people behind one address share them.</summary>
    public int SearchesPerSecond { get; set; } = 200;

    /// <summary>How long counts of what people search, and wordings that many used, are kept.</summary>
    public TimeSpan QueriesKept { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long an open page may be out of touch before it says no longer that its text is in effect.</summary>
    public TimeSpan NotCheckedAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>About how many megabytes of memory the editions of other days may take beside today's.</summary>
    public int PastMegabytes { get; set; } = 256;

    /// <summary>Files (evidence, CSV) that one address may fetch in a minute.</summary>
    public int ExportsPerMinute { get; set; } = 120;

    /// <summary>Attempts to sign in from one address in a minute; many people behind one address share them.</summary>
    public int SignInsPerMinute { get; set; } = 60;

    /// <summary>Addresses or networks of the reverse proxies in front, separated by commas; only they are believed when they say whom they speak for.</summary>
    public string? Proxies { get; set; }

    /// <summary>How the program writes its log to standard output: <c>text</c>, or <c>json</c> with one object a line.</summary>
    public string Logs { get; set; } = "text";

    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>The records in PostgreSQL: a connection string in Npgsql's form, best given as an environment variable. Empty: a file of SQLite under the data folder.</summary>
    public string? Database { get; set; }

    /// <summary>A file that holds the connection string of the records, and nothing else.</summary>
    public string? DatabaseFile { get; set; }

    public SignInOptions SignIn { get; set; } = new();

    public AuditOptions Audit { get; set; } = new();

    public RetentionOptions Retention { get; set; } = new();

    public RemoteOptions Remote { get; set; } = new();

    public PackOptions Pack { get; set; } = new();

    public MailOptions Mail { get; set; } = new();
}

/// <summary>A pack for an outage, written on a schedule.</summary>
public sealed class PackOptions
{
    /// <summary>Where it is written, such as a share that every counter PC sees. Empty: none is.</summary>
    public string? Folder { get; set; }

    /// <summary>How often it is written anew.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(1);

    /// <summary>After so many days it covers itself with a warning.</summary>
    public int Days { get; set; } = 7;
}

/// <summary>How a remote library is reached.</summary>
public sealed class RemoteOptions
{
    /// <summary>How often the remote is asked for news.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The user name that goes with the token.</summary>
    public string TokenUser { get; set; } = "x-access-token";

    /// <summary>A file that holds the token for https, and nothing else.</summary>
    public string? TokenFile { get; set; }

    /// <summary>The name of the environment variable that holds the token for https.</summary>
    public string? TokenVariable { get; set; }

    /// <summary>The private key for ssh.</summary>
    public string? SshKeyFile { get; set; }

    /// <summary>The known-hosts file for ssh; a host that is not in it is refused.</summary>
    public string? KnownHostsFile { get; set; }

    /// <summary>The proxy for https, such as <c>http://proxy.example:3128</c>.</summary>
    public string? Proxy { get; set; }

    /// <summary>A file of certificates to trust for https.</summary>
    public string? CaFile { get; set; }
}
