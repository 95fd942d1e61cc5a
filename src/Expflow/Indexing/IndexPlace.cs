using System.Security.Cryptography;
using System.Text;
using Expflow.Projects;

namespace Expflow.Indexing;

/// <summary>Where indexes stand: the user's local cache, never the shared disk of the project.</summary>
/// <param name="Folder">The cache folder, or null where there is none.</param>
public sealed record IndexPlace(string? Folder)
{
    /// <summary><c>$EXPFLOW_CACHE</c>, else <c>$XDG_CACHE_HOME/expflow</c>, else <c>~/.cache/expflow</c>, else none.</summary>
    public static IndexPlace FromEnvironment(Func<string, string?> environment)
    {
        if (environment("EXPFLOW_CACHE") is { Length: > 0 } chosen)
            return new(chosen);
        if (environment("XDG_CACHE_HOME") is { Length: > 0 } cache)
            return new(Path.Combine(cache, "expflow"));
        return new(environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache", "expflow") : null);
    }

    /// <summary>The index file of a project; null when its folder can't be made.</summary>
    public string? PathFor(ProjectFolder project)
    {
        if (Folder is null)
            return null;
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(project.Root));
        return Path.Combine(Folder, Convert.ToHexStringLower(hash.AsSpan(0, 8)) + ".db");
    }
}
