namespace VectorQuantization.Commands;

/// <summary>The commit that a folder's git work tree stands at, read from git's own files: a compute node may have no git.</summary>
internal static class GitCommit
{
    private const string RefMark = "ref: ";

    /// <summary>40 or 64 hexadecimal digits, or null outside a work tree and before its first commit.</summary>
    public static string? Of(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                var git = Path.Combine(at.FullName, ".git");
                if (Directory.Exists(git))
                    return Head(git, git);
                if (File.Exists(git))
                    return OfLinkedTree(at.FullName, File.ReadAllText(git));
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // A row without a commit is better than no row.
        }
        return null;
    }

    // A linked work tree: '.git' is a file, 'gitdir: PATH', and branches stand in the folder that 'commondir' names.
    private static string? OfLinkedTree(string folder, string text)
    {
        const string mark = "gitdir: ";
        if (!text.StartsWith(mark, StringComparison.Ordinal))
            return null;
        var own = Path.Combine(folder, text[mark.Length..].Trim());
        var common = Path.Combine(own, "commondir");
        return Head(own, File.Exists(common) ? Path.Combine(own, File.ReadAllText(common).Trim()) : own);
    }

    private static string? Head(string own, string common)
    {
        var head = File.ReadAllText(Path.Combine(own, "HEAD")).Trim();
        if (!head.StartsWith(RefMark, StringComparison.Ordinal))
            return head;
        var name = head[RefMark.Length..];
        var loose = Path.Combine(common, name);
        if (File.Exists(loose))
            return File.ReadAllText(loose).Trim();
        var packed = Path.Combine(common, "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed)
                .Where(line => line.EndsWith(' ' + name, StringComparison.Ordinal))
                .Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)])
                .FirstOrDefault()
            : null;
    }
}
