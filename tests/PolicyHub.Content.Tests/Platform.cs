using System.Runtime.Versioning;

// Tests stand fake programs and file modes in git's way; they run where PolicyHub is served.
[assembly: SupportedOSPlatform("linux")]
