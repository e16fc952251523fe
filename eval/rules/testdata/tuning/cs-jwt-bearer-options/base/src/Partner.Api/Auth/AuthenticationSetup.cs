using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Partner.Api.Auth;

internal static class AuthenticationSetup
{
    public static void AddPartnerAuthentication(this WebApplicationBuilder builder)
    {
        var issuer = builder.Configuration["Auth:Issuer"]
            ?? throw new InvalidOperationException("Auth:Issuer missing");
        var key = builder.Configuration["Auth:SigningKey"]
            ?? throw new InvalidOperationException("Auth:SigningKey missing");

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
                    IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)),
                    ClockSkew = TimeSpan.FromSeconds(30),

                    NameClaimType = "sub",
                };
            });

        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("orders.write", policy => policy.RequireClaim("scope", "orders.write"));
    }
}
