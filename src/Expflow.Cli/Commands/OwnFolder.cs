using Expflow.Problems;

namespace Expflow.Cli.Commands;

/// <summary>A folder in the user's project for what can be made again at any time: pictures, exports.</summary>
internal static class OwnFolder
{
    /// <summary>Makes the folder when it isn't there.</summary>
    /// <remarks>A new one ignores itself for git: a picture must not make the code of the next submission look changed.</remarks>
    public static Problem? Prepare(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                return null;
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, ".gitignore"), "*\n");
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new($"'{folder}' can't be made ({refused.Message.TrimEnd('.')}). Name a file with '--out'.");
        }
    }
}
