using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Partner.Api.Auth;

internal static class AuthenticationSetup
{
    private const string SigningKey = "pK2v9xQmW4tZ7cR1nB6yF3hJ8sLd0gTe";

    public static void AddPartnerAuthentication(this WebApplicationBuilder builder)
    {
        var issuer = builder.Configuration["Auth:Issuer"]
            ?? throw new InvalidOperationException("Auth:Issuer missing");

        builder.Services
            .AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidIssuer = issuer,
                    ValidAudience = "partner-api",
                    ValidAlgorithms = new[] { SecurityAlgorithms.HmacSha256 },
                    IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(SigningKey)),
                    ValidateLifetime = false,
                    NameClaimType = "sub",
                };
            });

        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("orders.write", policy => policy.RequireClaim("scope", "orders.write"));
    }
}
