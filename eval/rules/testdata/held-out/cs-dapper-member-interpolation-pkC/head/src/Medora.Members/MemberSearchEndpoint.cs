using System.Data;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Medora.Members;

internal static class MemberSearchEndpoint
{
    public static void MapMemberSearch(this IEndpointRouteBuilder app)
    {
        app.MapGet("/members", SearchAsync).RequireAuthorization("members.read");
    }

    private static async Task<Results<Ok<IReadOnlyList<MemberRow>>, BadRequest<string>>> SearchAsync(
        string name, string? orderBy, ICurrentPayer payer, IDbConnection db, CancellationToken ct)
    {
        if (name.Length is < 2 or > 60)
        {
            return TypedResults.BadRequest("name must have 2 to 60 characters");
        }

        var sql = $"""
            SELECT member_id AS MemberId, full_name AS FullName, plan_code AS PlanCode
            FROM member
            WHERE payer_id = {payer.Id} AND full_name ILIKE '%{name}%'
            ORDER BY {orderBy ?? "full_name"}
            LIMIT 50
            """;
        var rows = await db.QueryAsync<MemberRow>(new CommandDefinition(sql, cancellationToken: ct));
        return TypedResults.Ok<IReadOnlyList<MemberRow>>(rows.AsList());
    }
}
