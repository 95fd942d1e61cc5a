using Expflow.Slurm;

namespace Expflow.Witnesses;

/// <summary>Why Slurm didn't say what it was asked, in a sentence's fragment.</summary>
internal static class AnswerWords
{
    public static string Of<T>(SlurmAnswer<T> answer, string program) =>
        answer switch
        {
            SlurmAnswer<T>.Refused refused => $"'{program}' refused: {FirstLine(refused.Words)}",
            SlurmAnswer<T>.Unanswered { Words: { Length: > 0 } words } =>
                $"'{program}' got no answer: {FirstLine(words)}",
            SlurmAnswer<T>.Unanswered silent => $"'{program}' got no answer within {silent.After.TotalSeconds:0} s",
            SlurmAnswer<T>.Missing missing => $"'{missing.Program}' isn't on the search path of this machine",
            _ => "",
        };

    private static string FirstLine(string words) => words.Split('\n')[0].Trim();
}
