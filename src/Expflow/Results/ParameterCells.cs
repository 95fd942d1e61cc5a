using Expflow.Parameters;
using Expflow.Tables;

namespace Expflow.Results;

/// <summary>Parameter values as cells of a table: numbers stay numbers.</summary>
public static class ParameterCells
{
    /// <summary>Adds a value in its own type; lists as text.</summary>
    public static void Add(this ColumnBuilder column, ParameterValue value)
    {
        switch (value)
        {
            case ParameterValue.Boolean truth:
                column.Add(truth.Value);
                break;
            case ParameterValue.Integer whole:
                column.Add(whole.Value);
                break;
            case ParameterValue.Number number:
                column.Add(number.Value);
                break;
            default:
                column.Add(value.Display);
                break;
        }
    }
}
